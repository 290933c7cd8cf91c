# Copyright (c) 2026 The Exitpoint authors.
# SPDX-License-Identifier: EPL-2.0
# Sourced by mvnw and exitpoint: find_jdk sets JAVA_HOME to a JDK of the one version that Exitpoint is written for.

readonly JDK_VERSION=25

# Reads the version from the file that every JDK carries: starting each java found would cost 50 ms apiece.
is_jdk() {
    local line
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            "JAVA_VERSION=\"$JDK_VERSION\""*|"JAVA_VERSION=\"$JDK_VERSION."*|"JAVA_VERSION=\"$JDK_VERSION-"*) return 0 ;;
        esac
    done < "$1/release"
    return 1
}

find_jdk() {
    local dir java
    java=$(command -v java || true)
    [ -z "$java" ] || java=$(readlink -f "$java")
    for dir in "${JAVA_HOME:-}" "${java%/bin/java}" \
            /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/jdk* \
            "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$dir" ] && is_jdk "$dir"; then
            export JAVA_HOME=$dir
            return 0
        fi
    done
    echo "exitpoint: no JDK $JDK_VERSION found in JAVA_HOME, on PATH or in the usual folders;" \
        "install one or set JAVA_HOME to it" >&2
    return 1
}
