/** The mail templates there are; each has a component in `lib/mail/templates`. */
export const templateNames = [
  'welcome',
  'password-reset',
  'invitation',
  'weekly-digest',
  'notice',
] as const

export type TemplateName = (typeof templateNames)[number]

/** A variable of a template, as a form asks for it. None is required. */
export type TemplateField = {
  name: string
  label: string
  kind: 'text' | 'multiline' | 'url'
  placeholder: string
  /** Leads to this installation, whoever is no admin sends the mail. */
  ownLink?: boolean
}

/** What a form has to know about a template; free of React, for any bundle. */
export type TemplateDescription = {
  label: string
  /** One sentence: when this mail is sent. */
  description: string
  /** `security`: about an account, for the system and admins to send. `digest`: comes unasked, so its reader can opt out. */
  kind?: 'security' | 'digest'
  /** Used when the job names none. */
  subject: string
  /** The variable that is the subject where the job names none and this one is given. */
  subjectVariable?: string
  fields: readonly TemplateField[]
}

const name: TemplateField = { name: 'name', label: 'Name', kind: 'text', placeholder: 'Ann' }

export const templates: Readonly<Record<TemplateName, TemplateDescription>> = {
  welcome: {
    label: 'Welcome',
    description: 'Greets someone who signed up.',
    subject: 'Welcome to Millrace',
    fields: [
      name,
      {
        name: 'url',
        label: 'Button’s link',
        kind: 'url',
        placeholder: 'https://example.com/start',
        ownLink: true,
      },
    ],
  },
  'password-reset': {
    label: 'Password reset',
    description: 'Brings a link to choose a new password.',
    kind: 'security',
    subject: 'Choose a new password',
    fields: [name],
  },
  invitation: {
    label: 'Invitation',
    description: 'Brings a link to join Millrace.',
    kind: 'security',
    subject: 'You are invited to Millrace',
    fields: [{ name: 'inviter', label: 'Who invites', kind: 'text', placeholder: 'Ann' }],
  },
  'weekly-digest': {
    label: 'Weekly digest',
    description: 'Sums up a week of jobs.',
    kind: 'digest',
    subject: 'Your week in jobs',
    fields: [
      name,
      { name: 'period', label: 'Week', kind: 'text', placeholder: '16 – 22 November' },
      { name: 'completed', label: 'Jobs completed', kind: 'text', placeholder: '128' },
      { name: 'failed', label: 'Jobs failed', kind: 'text', placeholder: '3' },
      { name: 'canceled', label: 'Jobs canceled', kind: 'text', placeholder: '1' },
      { name: 'summary', label: 'Summary', kind: 'multiline', placeholder: 'What stood out' },
      {
        name: 'url',
        label: 'Button’s link',
        kind: 'url',
        placeholder: 'https://example.com/jobs',
        ownLink: true,
      },
    ],
  },
  notice: {
    label: 'Notice',
    description: 'Says anything in a few lines, with a button if there is a link.',
    subject: 'A notice from Millrace',
    subjectVariable: 'title',
    fields: [
      { name: 'title', label: 'Title', kind: 'text', placeholder: 'Maintenance on Sunday' },
      { name: 'body', label: 'Text', kind: 'multiline', placeholder: 'What people should know' },
      { name: 'actionLabel', label: 'Button’s text', kind: 'text', placeholder: 'Read more' },
      {
        name: 'actionUrl',
        label: 'Button’s link',
        kind: 'url',
        placeholder: 'https://example.com/news',
      },
    ],
  },
}

/** Templates that everybody may use. */
export const openTemplates = templateNames.filter((name) => templates[name].kind !== 'security')
