# Makes the class archives that ./holdfast starts from (docs/decisions/0024-class-archives.md): each program is run once
# and writes down at its end which classes it used. To be sourced by sh. What can't be made is left out: ./holdfast then
# starts as quickly as it does without.

archives() {
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  rm -f server/target/sandbox.jsa server/target/up.jsa cli/target/cli.jsa
  watched "$folder/sandbox" sandbox --port 0 --kubeconfig "$folder/kubeconfig"
  sandbox=$!
  until_true test -s "$folder/kubeconfig"
  watched "$folder/up" up --kubeconfig "$folder/kubeconfig" --cache "$folder/cache"
  up=$!
  until_true ./holdfast get apps --kubeconfig "$folder/kubeconfig"
  watched "$folder/cli" get apps --kubeconfig "$folder/kubeconfig"
  wait $! || true
  kill $up && wait $up || true
  kill $sandbox && wait $sandbox || true
  # in one step, so that nobody ever sees half of one
  keep sandbox server/target/sandbox.jsa
  keep up server/target/up.jsa
  keep cli cli/target/cli.jsa
}

watched() {
  made=$1
  shift
  HOLDFAST_JAVA_OPTS="-XX:ArchiveClassesAtExit=$made.jsa" ./holdfast "$@" >"$made.log" 2>&1 &
}

until_true() {
  for _ in $(seq 100); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  echo "no class archives: see docs/decisions/0024-class-archives.md" >&2
}

keep() {
  if [ -s "$folder/$1.jsa" ]; then
    cp "$folder/$1.jsa" "$2.new"
    mv "$2.new" "$2"
  fi
}
