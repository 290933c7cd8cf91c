/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Boards, image loaders, firmware tables and snapshots: the only place where the parts of a machine are wired together.
 */
package org.exitpoint.platform;
