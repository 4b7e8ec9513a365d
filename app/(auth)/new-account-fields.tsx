import { PasswordField, TextField } from '@/app/form/fields'

/** Name, address and password of someone new. */
export function NewAccountFields({ email }: { email?: string }) {
  return (
    <>
      <TextField name="name" label="Name" autoComplete="name" autoFocus />
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete="username"
        {...(email ? { defaultValue: email, readOnly: true } : {})}
      />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="new-password"
        description="At least 8 characters. A few words work best."
      />
    </>
  )
}
