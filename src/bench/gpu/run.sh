#!/usr/bin/env bash
# Measures the Java engine and PyTorch on the same models, side by side: lines of JSON to standard output.
#
#   ./run.sh [DEVICE]        cuda (default), cuda:1, cpu
#
# LOADCAST_NATIVES  folder of ONNX Runtime's native libraries, if not those beside this script
# SECONDS_EACH      how long each batch size is measured (3)
# BATCHES           which batch sizes
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
device=${1:-cuda}
natives=${LOADCAST_NATIVES:-$here/natives}
seconds=${SECONDS_EACH:-3}
read -r -a batches <<<"${BATCHES:-1 16 64 256 1024 4096 16384}"

# torch's wheels bring CUDA and cuDNN along; ONNX Runtime finds them by the path of the linker.
libraries=$(python3 - <<'PYTHON'
import glob, os, sysconfig
paths = {path for key in ("purelib", "platlib") for path in glob.glob(os.path.join(sysconfig.get_path(key), "nvidia", "**", "lib"), recursive=True)}
print(":".join(sorted(paths)))
PYTHON
)
export LD_LIBRARY_PATH="$natives:$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"

command -v nvidia-smi >/dev/null && nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader >&2
for model in "$here"/models/*.onnx; do
    # The class path in the environment: ONNX Runtime's GPU library has been seen to die of a long command line.
    CLASSPATH="$here/classes:$here/lib/*" "$here/runtime/bin/java" -Xmx4g -Donnxruntime.native.path="$natives" \
        GpuThroughput "$model" "$device" "$seconds" "${batches[@]}"
    if python3 -c 'import torch' 2>/dev/null; then
        python3 "$here/torch_throughput.py" "$model" "$device" "$seconds" "${batches[@]}"
    else
        echo "run.sh: python3 has no torch; nothing to compare with" >&2
    fi
done
