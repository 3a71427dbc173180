"""Saves arrays of every dtype to a folder, or loads what is there; either way tells what they are, one a line."""
import pathlib
import sys

import numpy as np

VALUES = {
    "f": [0, -0.0, 1, -2.5, 1 / 3, 1e-7, 65504, -6e-8, 1e30, float("inf"), float("-inf"), float("nan")],
    "i": [0, 1, -1, 2, 100, -100, 127, -128, 32767, -32768, 2**31 - 1, 2**63 - 1],
    "u": [0, 1, 2, 3, 100, 255, 256, 65535, 65536, 2**32 - 1, 2**63 + 1025, 2**64 - 1],
    "b": [0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0],
}


def tell(file, name, array):
    values = ",".join(repr(float(v)) for v in array.ravel(order="C"))
    shape = ",".join(str(axis) for axis in array.shape)
    values = values.replace("inf", "Infinity").replace("nan", "NaN")
    print(file, name, array.dtype.str, shape, values, sep="\t")


def arrays():
    for code in "f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1".split():
        for order in "<>":
            dtype = np.dtype(order + code)
            values = VALUES[code[0]]
            if code[0] in "iu":
                info = np.iinfo(dtype)
                values = [v if info.min <= v <= info.max else 7 for v in values]
            with np.errstate(over="ignore"):
                row = np.array(values).astype(dtype) if code != "u8" else np.array(values, dtype)
            yield row
            yield row.reshape(3, 4)
            yield np.asfortranarray(row.reshape(2, 3, 2))
            yield row[1].reshape(())
            yield row[:0].reshape(0, 3)
            yield row[::2]


def save(folder):
    for i, array in enumerate(arrays()):
        np.save(folder / f"{i}.npy", array)
        tell(f"{i}.npy", "", array)
        for save_several, suffix in (np.savez, "stored"), (np.savez_compressed, "deflated"):
            file = f"{i}-{suffix}.npz"
            save_several(folder / file, y_true=array, y_pred=array.T)
            tell(file, "y_true", array)
            tell(file, "y_pred", array.T)


def load(folder):
    for file in sorted(folder.iterdir()):
        loaded = np.load(file, allow_pickle=False)
        if file.suffix == ".npy":
            tell(file.name, "", loaded)
        else:
            for name in loaded.files:
                tell(file.name, name, loaded[name])


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    {"save": save, "load": load}[sys.argv[1]](pathlib.Path(sys.argv[2]))
