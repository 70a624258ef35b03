#!/usr/bin/env bash
# Makes one folder with all that run.sh needs on a machine with Python, torch and a GPU, but without Java and network:
#
#   mvn -DskipTests clean package && src/bench/gpu/prepare.sh FOLDER [NATIVES]
#
# NATIVES is a folder of ONNX Runtime's native libraries with CUDA, to be copied along, or a GPU jar to take them from. Without it
# the folder has those of the CPU, for a trial, and run.sh takes the others by LOADCAST_NATIVES. See docs/benchmarks.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder=${1:?the folder to make}
natives=${2:-}
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

[ -f "$root/target/loadcast.jar" ] || { echo "prepare.sh: no target/loadcast.jar; run 'mvn -DskipTests clean package' first" >&2; exit 1; }
mkdir -p "$folder/lib" "$folder/models" "$folder/natives"
folder=$(cd "$folder" && pwd)

compress=2
[ "$("$java_home/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')" -ge 21 ] && compress=zip-9
rm -rf "$folder/runtime"
"$java_home/bin/jlink" --add-modules java.base,java.xml,java.naming,java.logging,jdk.unsupported \
    --strip-debug --no-header-files --no-man-pages --compress="$compress" --output "$folder/runtime"

"$java_home/bin/javac" -d "$folder/classes" -cp "$root/target/loadcast.jar:$root/target/lib/*" "$here"/*.java
"$java_home/bin/java" -Dai.djl.offline=true -DOPT_OUT_TRACKING=true \
    -cp "$folder/classes:$root/target/loadcast.jar:$root/target/lib/*" MakeModels "$folder/models"

# What an engine needs of the class path, and of ONNX Runtime's jar the classes only.
cp "$root/target/loadcast.jar" "$folder/lib/"
for jar in jspecify jackson-core jackson-databind jackson-annotations slf4j-api protobuf-java tribuo-util-onnx; do
    cp "$root"/target/lib/$jar-[0-9]*.jar "$folder/lib/"
done
runtimes=("$root"/target/lib/onnxruntime*.jar)
[ "${#runtimes[@]}" = 1 ] || { echo "prepare.sh: target/lib has not one ONNX Runtime; run 'mvn clean' before the build" >&2; exit 1; }
python3 - "${runtimes[0]}" "$folder/lib/onnxruntime-classes.jar" "$folder/natives" "$natives" <<'PYTHON'
import os, shutil, sys, zipfile
jar, classes, folder, natives = sys.argv[1:]
prefix = "ai/onnxruntime/native/linux-x64/"
with zipfile.ZipFile(jar) as source, zipfile.ZipFile(classes, "w", zipfile.ZIP_DEFLATED) as target:
    for name in source.namelist():
        if name.endswith(".class"):
            target.writestr(name, source.read(name))
if os.path.isdir(natives):
    for name in os.listdir(natives):
        if ".so" in name:
            shutil.copy(os.path.join(natives, name), folder)
else:
    with zipfile.ZipFile(natives or jar) as source:
        for name in source.namelist():
            if name.startswith(prefix) and name.endswith(".so") and "tensorrt" not in name:
                with source.open(name) as found, open(os.path.join(folder, os.path.basename(name)), "wb") as out:
                    shutil.copyfileobj(found, out)
PYTHON
cp "$here/run.sh" "$here/torch_throughput.py" "$folder/"
du -sh "$folder" | sed 's/\t.*/ in all/'
