# Finds a JDK of at least 25 for ./dev and ./holdfast: JAVA_HOME, then the usual JVM folders, then the java on the PATH.
# Sets JAVA_HOME, or says in one line what to install. To be sourced by sh.

jdk_version() {
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

find_jdk() {
  for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$jdk" ] && jdk_version "$jdk"; then
      JAVA_HOME=$jdk
      export JAVA_HOME
      return 0
    fi
  done
  onpath=$(command -v java 2>/dev/null) && onpath=$(readlink -f "$onpath" 2>/dev/null) && {
    jdk=${onpath%/bin/java}
    if jdk_version "$jdk"; then
      JAVA_HOME=$jdk
      export JAVA_HOME
      return 0
    fi
  }
  echo "Holdfast needs JDK 25 or later: install one (and set JAVA_HOME if it is in an unusual place), then try again." >&2
  return 1
}
