import { z } from 'zod'
import { idField, nameField, revField } from '../common/fields.ts'

export const teamSchema = z.strictObject({ id: idField, name: nameField, supervisorId: idField.nullable(), rev: revField })
export type Team = Readonly<z.infer<typeof teamSchema>>
