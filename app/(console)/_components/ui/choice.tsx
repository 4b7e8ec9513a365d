export type ChoiceProps = {
  name: string
  value: string
  label: string
  /** The id of the form it belongs to. */
  form?: string
}

/** Something more that an action does if one says so. */
export function Choice({ label, ...input }: ChoiceProps) {
  return (
    <p>
      <label>
        <input type="checkbox" {...input} /> {label}
      </label>
    </p>
  )
}

/** Of what deletes jobs: files stay unless one says otherwise. */
export function filesChoice(files = 'the files they made'): ChoiceProps {
  return { name: 'files', value: 'delete', label: `Also delete ${files}` }
}
