# Read by the scripts beside this one, which set $root: builds the command where it is missing or stale, compiles the
# measuring programs, and sets $java, $classes and $classpath.
"$root/kugg" --version >/dev/null
read -r java <"$root/.kugg/java"
classes=$root/spectest/target/tools
classpath=$root/core/target/kugg.jar:$root/wasi/target/kugg-wasi.jar:$root/cli/target/kugg-cli.jar
classpath=$classpath:$root/cli/target/lib/picocli.jar
mkdir -p "$classes"
"${java%java}javac" -nowarn -cp "$classpath" -d "$classes" "$root"/spectest/src/main/java/dev/kugg/spectest/*.java
cp -R "$root/spectest/src/main/resources/." "$classes"
