import { redirect } from 'next/navigation'

/** Where the mailing of lists was; links to it lead on. */
export default function MailListPage() {
  redirect('/jobs/new/email?when=list')
}
