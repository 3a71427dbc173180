// Saves arrays to a folder, or loads what is there; either way tells what they are, one a line.
const fs = require('node:fs');
const path = require('node:path');

const [command, folder, modules] = process.argv.slice(2);
const npyjs = require(path.join(modules, 'npyjs'));

function tell(file, dtype, shape, values) {
  const written = Array.from(values, (v) => (Object.is(v, -0) ? '-0' : String(Number(v))));
  console.log([file, '', dtype, shape.join(','), written.join(',')].join('\t'));
}

function save() {
  const arrays = {
    f4: new Float32Array([0, -0, 1.5, NaN, -Infinity, 0.1]),
    f8: new Float64Array([0, 1 / 3, 1e300, -2, Infinity, 5e-324]),
    i1: new Int8Array([0, 1, -128, 127, 5, -5]),
    u1: new Uint8Array([0, 1, 255, 128, 5, 6]),
    i2: new Int16Array([0, 1, -32768, 32767, 5, -5]),
    u2: new Uint16Array([0, 1, 65535, 32768, 5, 6]),
    i4: new Int32Array([0, 1, -(2 ** 31), 2 ** 31 - 1, 5, -5]),
    u4: new Uint32Array([0, 1, 2 ** 32 - 1, 2 ** 31, 5, 6]),
    i8: new BigInt64Array([0n, 1n, -(2n ** 63n), 2n ** 53n + 2n, 5n, -5n]),
    u8: new BigUint64Array([0n, 1n, 2n ** 63n, 2n ** 53n + 2n, 5n, 6n]),
    b1: new Uint8Array([0, 1, 1, 0, 0, 1]),
  };
  for (const [dtype, values] of Object.entries(arrays)) {
    for (const shape of [[6], [2, 3]]) {
      const file = `${dtype}-${shape.length}.npy`;
      fs.writeFileSync(path.join(folder, file), Buffer.from(npyjs.dump(values, shape, { dtype })));
      tell(file, dtype, shape, values);
    }
  }
}

async function load() {
  for (const file of fs.readdirSync(folder).sort()) {
    const array = await npyjs.load(fs.readFileSync(path.join(folder, file)));
    if (array.fortranOrder) {
      throw new Error(`${file} is in Fortran order`);
    }
    tell(file, array.dtype, array.shape, array.data);
  }
}

({ save, load })[command]();
