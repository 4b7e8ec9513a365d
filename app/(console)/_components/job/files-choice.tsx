type Props = {
  /** E.g. `the files they made`. */
  files: string
  /** The form it belongs to, where that is elsewhere. */
  form?: string
}

/** Whether files go together with the jobs that made them: they stay unless somebody says so. */
export function FilesChoice({ files, form }: Props) {
  return (
    <p>
      <label>
        <input type="checkbox" name="files" value="delete" form={form} /> Also delete {files}
      </label>
    </p>
  )
}
