// Linear regression whose only loss code is a call to a Losses server, for value and gradient. Node 18 or newer.
//
//   node train.mjs [--server URL] [--loss NAME] [--parameters JSON] [--epochs N] [--out DIR]

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { lossCurve } from './curve.mjs';

const LEARNING_RATE = 0.01;
const x = [-1, 0, 1, 2, 3, 4];
const y = [-3, -1, 1, 3, 5, 7];

/** What the user can mend, told in a sentence. */
class Mistake extends Error {}

try {
  const options = readOptions();
  const { weight, bias, losses } = await train(options);
  const prediction = weight * 10 + bias;
  console.log(
    `${options.loss.padEnd(11)}  weight ${weight.toFixed(9)}  bias ${bias.toFixed(9)}  x=10 -> ${prediction.toFixed(4)}`,
  );
  console.log(`loss curve: ${write(lossCurve(`Linear regression over HTTP, ${options.loss}`, losses), options.out)}`);
} catch (error) {
  if (!(error instanceof Mistake)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

async function train({ server, loss, parameters, epochs }) {
  const url = `${server}/v1/losses/${encodeURIComponent(loss)}/evaluate`;
  let weight = 0;
  let bias = 0;
  const losses = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const predictions = x.map((value) => [weight * value + bias]);
    const answer = await evaluate(url, {
      y_true: y.map((value) => [value]),
      y_pred: predictions,
      parameters,
      gradient: true,
    });
    const gradient = answer.gradients.y_pred.map(([slope]) => Number(slope));
    weight -= LEARNING_RATE * sum(gradient.map((slope, i) => slope * x[i]));
    bias -= LEARNING_RATE * sum(gradient);
    losses.push(Number(answer.loss));
    showProgress(epoch, epochs, answer.loss);
  }
  return { weight, bias, losses };
}

async function evaluate(url, inputs) {
  let response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(inputs),
    });
  } catch (error) {
    throw new Mistake(
      `No server answers at ${url} (${error.cause?.code ?? error.message}). Start one in the root of Losses with ` +
        `'./mvnw -pl server -am spring-boot:run', or say where it is with --server URL.`,
    );
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || !answer.gradients) {
    throw new Mistake(answer.detail ?? `${url} answered ${response.status}, which is no answer of a Losses server.`);
  }
  return answer;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        server: { type: 'string', default: 'http://localhost:8080' },
        loss: { type: 'string', default: 'mse' },
        parameters: { type: 'string', default: '{}' },
        epochs: { type: 'string', default: '1000' },
        out: { type: 'string', default: fileURLToPath(new URL('../target', import.meta.url)) },
      },
    });
    const epochs = Number(values.epochs);
    if (!Number.isInteger(epochs) || epochs < 1) {
      throw new Error(`--epochs must be a whole number from 1, not ${values.epochs}`);
    }
    return { ...values, server: values.server.replace(/\/+$/, ''), parameters: parse(values.parameters), epochs };
  } catch (error) {
    throw new Mistake(`${error.message}\nUsage: node train.mjs [--server URL] [--loss NAME] [--parameters JSON] [--epochs N] [--out DIR]`);
  }
}

function write(curve, directory) {
  const file = join(directory, 'over-http.svg');
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, curve);
  } catch (error) {
    throw new Mistake(`Cannot write the loss curve: ${error.message}`);
  }
  return file;
}

function parse(parameters) {
  try {
    return JSON.parse(parameters);
  } catch (error) {
    throw new Error(`--parameters is not JSON, such as {"delta": 1}: ${error.message}`);
  }
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** A bar on standard error, drawn where somebody watches. */
function showProgress(epoch, epochs, loss) {
  if (!process.stderr.isTTY) {
    return;
  }
  const bar = '='.repeat(Math.floor((30 * epoch) / epochs)).padEnd(30);
  process.stderr.write(`\r[${bar}] ${epoch}/${epochs}  loss ${Number(loss).toExponential(3)}${epoch === epochs ? '\n' : ''}`);
}
