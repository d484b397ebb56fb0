import { SAMPLE_PASSPHRASE } from '../../server/sample/firm.ts'

/** People of the sample firm, by what they are to the tests. */
export const people = {
  advisor: 'anna.kovacs@rapport.example',
  colleague: 'eszter.varga@rapport.example', // of the advisor's team
  stranger: 'lukas.gruber@rapport.example', // another team
  supervisor: 'katalin.szabo@rapport.example', // of the advisor's team
  controller: 'claire.dawson@rapport.example',
  secondController: 'miklos.balogh@rapport.example',
  compliance: 'ingrid.berger@rapport.example',
  service: 'nora.fekete@rapport.example',
  marketing: 'david.lang@rapport.example',
  admin: 'viktor.papp@rapport.example',
} as const

export const passphrase = SAMPLE_PASSPHRASE
