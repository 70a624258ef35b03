"""Windows a second of PyTorch on the weights of an ONNX model of loadcast, and how far it agrees with the CPU's outputs.

    torch_throughput.py MODEL.onnx DEVICE SECONDS BATCH...

Needs torch, nothing else: the file is read as the protobuf message that it is, and its graph is run node by node with torch's own
operators; GRU layers run as torch.nn.GRU, which is cuDNN's on CUDA. Shapes, indices and scalars are constants of the graph and
lie ready, so a run does what a hand-written module would. As in the Java engine, inputs start in host memory and outputs end
there. TF32 is off in both. Inputs and expected outputs are those that GpuThroughput has left beside the model.
"""

import json
import os
import struct
import sys
import time


# --- ONNX file: what is needed of the protobuf messages


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        wire = key & 7
        if wire == 0:
            value, at = varint(data, at)
        elif wire == 2:
            size, at = varint(data, at)
            value = data[at:at + size]
            at += size
        else:
            size = 8 if wire == 1 else 4
            value = data[at:at + size]
            at += size
        yield key >> 3, wire, value


def signed(value):
    return value - (1 << 64) if value >= 1 << 63 else value


def integers(wire, value):
    """A repeated integer, packed or not."""
    if wire == 0:
        return [signed(value)]
    found, at = [], 0
    while at < len(value):
        one, at = varint(value, at)
        found.append(signed(one))
    return found


def tensor(data):
    """(name, type, dims, values): type 1 is float32, 7 int64."""
    dims, kind, name, raw, values = [], 0, "", None, []
    for field, wire, value in fields(data):
        if field == 1:
            dims += integers(wire, value)
        elif field == 2:
            kind = value
        elif field == 4:
            values += struct.unpack("<%df" % (len(value) // 4), value)
        elif field == 7:
            values += integers(wire, value)
        elif field == 8:
            name = value.decode()
        elif field == 9:
            raw = value
    if raw is not None:
        letter, size = {1: ("f", 4), 7: ("q", 8)}[kind]
        values = struct.unpack("<%d%s" % (len(raw) // size, letter), raw)
    return name, kind, dims, values


def attribute(data):
    name, value, many = "", None, []
    for field, wire, found in fields(data):
        if field == 1:
            name = found.decode()
        elif field == 2:
            value = struct.unpack("<f", found)[0]
        elif field == 3:
            value = signed(found)
        elif field == 4:
            value = found.decode()
        elif field == 8:
            many += integers(wire, found)
    return name, many if many else value


def read_model(path):
    """(tensors, nodes, outputs): a node is (operator, inputs, outputs, attributes)."""
    with open(path, "rb") as file:
        model = file.read()
    graph = next(value for field, _, value in fields(model) if field == 7)
    tensors, nodes = {}, []
    for field, _, value in fields(graph):
        if field == 1:
            inputs, outputs, operator, attributes = [], [], "", {}
            for part, _, found in fields(value):
                if part == 1:
                    inputs.append(found.decode())
                elif part == 2:
                    outputs.append(found.decode())
                elif part == 4:
                    operator = found.decode()
                elif part == 5:
                    name, setting = attribute(found)
                    attributes[name] = setting
            nodes.append((operator, inputs, outputs, attributes))
        elif field == 5:
            name, kind, dims, values = tensor(value)
            tensors[name] = (kind, dims, values)
    return tensors, nodes


# --- the graph in torch


def gru_layer(torch, hidden, w, r, b, device):
    """ONNX has the gates as z, r, h; torch as r, z, n."""

    def gates(whole):
        z, reset, new = whole[0].split(hidden, 0)
        return torch.cat([reset, z, new], 0)

    layer = torch.nn.GRU(w.shape[2], hidden).to(device)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(gates(w))
        layer.weight_hh_l0.copy_(gates(r))
        layer.bias_ih_l0.copy_(gates(b[:, :3 * hidden]))
        layer.bias_hh_l0.copy_(gates(b[:, 3 * hidden:]))
    layer.flatten_parameters()
    return layer


class Network:
    def __init__(self, torch, path, device):
        self.torch = torch
        tensors, nodes = read_model(path)
        types = {1: torch.float32, 7: torch.int64}
        self.on_device = {
            name: torch.tensor(values, dtype=types[kind]).reshape(dims).to(device)
            for name, (kind, dims, values) in tensors.items()
        }
        self.lists = {name: list(values) for name, (kind, dims, values) in tensors.items() if kind == 7}
        self.scalars = {name: values[0] for name, (kind, dims, values) in tensors.items() if len(values) == 1}
        self.steps = [(outputs[0] or outputs[1], self.step(node, device)) for node in nodes for outputs in [node[2]]]

    def step(self, node, device):
        """The node as a function of the values so far."""
        torch, (operator, inputs, outputs, at) = self.torch, node
        first = inputs[0]
        second = inputs[1] if len(inputs) > 1 else None
        listed = self.lists.get(second)
        pairs = {"Add": torch.add, "Sub": torch.sub, "Mul": torch.mul, "Div": torch.div, "Max": torch.maximum,
                 "Min": torch.minimum, "MatMul": torch.matmul}
        plain = {"Log": torch.log, "Exp": torch.exp, "Sin": torch.sin, "Cos": torch.cos, "Relu": torch.relu,
                 "Tanh": torch.tanh, "Sigmoid": torch.sigmoid, "Softplus": torch.nn.functional.softplus,
                 "Identity": lambda x: x}
        if operator in pairs:
            return lambda v: pairs[operator](v[first], v[second])
        if operator in plain:
            return lambda v: plain[operator](v[first])
        if operator == "Cast":
            kind = {1: torch.float32, 7: torch.int64}[at["to"]]
            return lambda v: v[first].to(kind)
        if operator == "ReduceMean":
            return lambda v: v[first].mean(at["axes"], keepdim=at.get("keepdims", 1) == 1)
        if operator == "Unsqueeze":
            return lambda v: v[first].unsqueeze(listed[0])
        if operator == "Squeeze":
            return lambda v: v[first].squeeze(listed[0])
        if operator == "Transpose":
            return lambda v: v[first].permute(at["perm"])
        if operator == "Reshape":
            return lambda v: v[first].reshape([v[first].shape[i] if n == 0 else n for i, n in enumerate(listed)])
        if operator == "Concat":
            return lambda v: torch.cat([v[name] for name in inputs], at["axis"])
        if operator == "Softmax":
            return lambda v: torch.softmax(v[first], at.get("axis", -1))
        if operator == "Clip":
            low, high = self.scalars[inputs[1]], self.scalars[inputs[2]]
            return lambda v: v[first].clamp(low, high)
        if operator == "Slice":
            return self.slice(inputs)
        if operator == "Gather":
            return self.gather(inputs, at.get("axis", 0))
        if operator == "Gemm":
            weight = self.on_device[second] if at.get("transB", 0) else self.on_device[second].t()
            bias = self.on_device[inputs[2]] if len(inputs) > 2 else None
            return lambda v: torch.nn.functional.linear(v[first], weight, bias)
        if operator == "Conv":
            weight, bias, pads = self.on_device[second], self.on_device[inputs[2]], at["pads"]
            return lambda v: torch.nn.functional.conv1d(torch.nn.functional.pad(v[first], pads), weight, bias)
        if operator == "GRU":
            w, r, b = (self.on_device[name] for name in inputs[1:4])
            layer = gru_layer(torch, at["hidden_size"], w, r, b, device)
            if outputs[0]:
                return lambda v: layer(v[first])[0].unsqueeze(1)
            return lambda v: layer(v[first])[1]
        raise SystemExit("operator %s is not known here" % operator)

    def slice(self, inputs):
        starts, ends = self.lists[inputs[1]], self.lists[inputs[2]]
        axes = self.lists[inputs[3]] if len(inputs) > 3 else list(range(len(starts)))

        def cut(values):
            found = values[inputs[0]]
            for start, end, axis in zip(starts, ends, axes):
                size = found.shape[axis]
                start, end = (min(max(n + size if n < 0 else n, 0), size) for n in (start, end))
                found = found.narrow(axis, start, end - start)
            return found

        return cut

    def gather(self, inputs, axis):
        torch, (data, indices) = self.torch, inputs
        if indices not in self.on_device:  # computed: rows of a table
            return lambda v: v[data][v[indices]]
        index = self.on_device[indices]
        if index.dim() == 0:
            chosen = self.scalars[indices]
            return lambda v: v[data].select(axis, chosen)
        flat, shape = index.reshape(-1), list(index.shape)

        def gathered(values):
            found = values[data].index_select(axis, flat)
            return found.reshape(list(found.shape[:axis]) + shape + list(found.shape[axis + 1:]))

        return gathered

    def run(self, loads, calendar):
        values = dict(self.on_device)
        values["load_mw"], values["calendar"] = loads, calendar
        # The measured windows are of a region that no model knows; a graph that takes no region does not look.
        values["region"] = self.torch.zeros(loads.shape[0], 1, device=loads.device)
        for name, step in self.steps:
            values[name] = step(values)
        return values["quantiles_mw"]


def floats(torch, path, rows):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(rows, -1)


def main(path, device, seconds, batches):
    import torch

    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.set_num_threads(1)
    network = Network(torch, path, device)
    rows = 64
    loads = floats(torch, path + ".loads", rows)
    calendar = floats(torch, path + ".calendar", rows)
    calendar = calendar.reshape(rows, loads.shape[1] + 24, -1)
    expected = floats(torch, path + ".expected", rows)
    with torch.inference_mode():
        found = network.run(loads.to(device), calendar.to(device)).cpu().reshape(rows, -1)
        difference = ((found - expected).abs() / expected.abs()).max().item()
        for batch in batches:
            times = (batch + rows - 1) // rows
            inputs = [part.repeat([times] + [1] * (part.dim() - 1))[:batch].contiguous() for part in (loads, calendar)]
            if device != "cpu":
                inputs = [part.pin_memory() for part in inputs]

            def once():
                return network.run(*(part.to(device, non_blocking=True) for part in inputs)).cpu()

            for _ in range(3):
                once()
            start, runs = time.perf_counter(), 0
            while time.perf_counter() - start < seconds or runs == 0:
                once()  # returns when the outputs are in host memory
                runs += 1
            rate = runs * batch / (time.perf_counter() - start)
            print(json.dumps({
                "runtime": "pytorch", "torch": torch.__version__, "cudnn": torch.backends.cudnn.version(),
                "model": os.path.basename(path), "device": device, "batch": batch,
                "windows_per_second": round(rate, 1), "difference_from_cpu": difference,
            }), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), [int(batch) for batch in sys.argv[4:]])
