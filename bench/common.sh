# Sourced by the measurements: the project's folder, MNIST, the benchmarks' build with the launcher's natives, and this project's own
# engines started as the launcher would.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -f "$home/data/mnist/train-images-idx3-ubyte" ] || "$home/featuremap" data fetch mnist >&2

build_bench() { # MAVEN'S ARGUMENT...
  local natives
  natives=$("$home/featuremap" --print-natives)
  [ "$natives" != none ] || natives=
  mvn -B -q -f "$home/bench/pom.xml" "$@" process-classes -Dquick -Dnatives.extension="$natives" >&2
}

start_engines() { # CLASS ARGUMENT...
  local class=$1
  shift
  build_bench -pl engines -am
  export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(getconf _NPROCESSORS_ONLN)}
  export OPENBLAS_NUM_THREADS=1 ND4J_SKIP_BLAS_THREADS=true OMP_WAIT_POLICY=passive MALLOC_ARENA_MAX=4
  export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=2147483648 MALLOC_TOP_PAD_=67108864
  exec "$java" -Xmx768m -Xss2m -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxbytes=4g -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
    -Dfeaturemap.home="$home" -cp "$home/bench/engines/target/classes:$(cat "$home/bench/target/engines.classpath")" \
    "dev.featuremap.bench.engines.$class" "$@"
}
