/** The thread that reads one statement file, answers and ends; started by read-in-worker.ts with the bytes and nothing else. */
import { parentPort, workerData } from 'node:worker_threads'
import { readStatementFile } from './read-statement-file.ts'

parentPort?.postMessage(readStatementFile(workerData))
