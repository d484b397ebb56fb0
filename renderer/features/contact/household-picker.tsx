import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdOption } from './household-options.ts'
import classes from './household-picker.module.css'

interface HouseholdPickerProps {
  readonly value: string | null
  readonly valueName: string
  readonly onChange: (householdId: string) => void
  readonly filter: (query: string) => readonly HouseholdOption[]
  readonly error: string | undefined
  readonly asked: AskedHousehold | null // null = the person comes here by themselves
}

/** The person is to choose now, among those that match; each asking is an object of its own. */
export interface AskedHousehold {
  readonly query: string
}

/** A household by type-ahead; the first match is taken by Enter. What was chosen stays while something else is typed. */
export function HouseholdPicker({ value, valueName, onChange, filter, error, asked }: HouseholdPickerProps) {
  const { t } = useTranslation('contact')
  const [query, setQuery] = useState<string | null>(null) // null = shows what is chosen
  const input = useRef<HTMLInputElement>(null)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const options = useMemo(() => (combobox.dropdownOpened ? filter(query ?? '') : []), [filter, query, combobox.dropdownOpened])

  const listId = useId()
  const role = { role: 'combobox', 'aria-expanded': combobox.dropdownOpened, 'aria-controls': listId, 'aria-autocomplete': 'list' } // Mantine leaves it a plain text field

  // biome-ignore lint/correctness/useExhaustiveDependencies: the combobox is another object at each render
  useEffect(() => {
    if (!asked) return
    input.current?.focus()
    setQuery(asked.query || null)
    combobox.openDropdown()
  }, [asked])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first match is marked whenever the matches change
  useEffect(() => {
    combobox.selectFirstOption()
  }, [options])

  return (
    <Combobox
      store={combobox}
      size="sm"
      onOptionSubmit={(id) => {
        onChange(id)
        setQuery(null)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target {...role}>
        <TextInput
          ref={input}
          size="xs"
          label={t('field.household')}
          placeholder={t('field.householdPlaceholder')}
          value={query ?? valueName}
          error={error}
          required
          withAsterisk={false}
          autoComplete="off"
          data-testid="log-household"
          data-household-id={value ?? ''}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={() => combobox.openDropdown()}
          onFocus={() => value === null && combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown()
            setQuery(null)
          }}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            combobox.openDropdown()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && combobox.dropdownOpened) {
              event.stopPropagation()
              combobox.closeDropdown()
              setQuery(null)
            }
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options id={listId} mah={280} className={classes.options ?? ''} aria-label={t('field.household')}>
          {options.map((option) => (
            <Combobox.Option key={option.id} value={option.id} active={option.id === value} className={classes.option ?? ''}>
              <span className={classes.name}>{option.name}</span>
              <span className={classes.members}>{option.members.slice(0, 3).join(', ')}</span>
            </Combobox.Option>
          ))}
          {options.length === 0 && <Combobox.Empty>{t('field.householdEmpty')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
