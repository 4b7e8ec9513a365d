import { IconMail, IconPhoto, IconPlayerPlay, IconReportAnalytics } from '@tabler/icons-react'
import Image from 'next/image'
import { ActionButton } from './_components/ui/action-button'
import { LinkButton } from './_components/ui/button'
import ui from './_components/ui/ui.module.css'
import { runImageSample, runMailSample, runReportSample } from './actions'
import classes from './overview.module.css'

/** A sample of each job type: one click, and something to look at in the end. */
export function Samples({ email }: { email: string }) {
  const play = <IconPlayerPlay size={15} aria-hidden />
  return (
    <div className={ui.grid}>
      <article className={`${ui.card} ${classes.sample}`}>
        <div className={classes.picture}>
          <Image
            src="/samples/river-mill.jpg"
            alt=""
            width={1200}
            height={800}
            unoptimized
            priority
            className={classes.photo}
          />
          <span className={classes.mark} aria-hidden>
            © Millrace
          </span>
        </div>
        <h3>
          <IconPhoto size={17} aria-hidden /> Image
        </h3>
        <p>Makes a picture 800 pixels wide, watermarks it and saves it as WebP.</p>
        <div className={ui.line}>
          <ActionButton action={runImageSample} kind="primary" icon={play}>
            Run image sample
          </ActionButton>
          <LinkButton href="/jobs/new/image" kind="quiet">
            Use your own
          </LinkButton>
        </div>
      </article>
      <article className={`${ui.card} ${classes.sample}`}>
        <div className={classes.picture}>
          <svg viewBox="0 0 240 100" aria-hidden>
            <path
              d="M65 104V18q0-4 4-4h102q4 0 4 4v86z"
              fill="var(--mantine-color-body)"
              stroke="var(--mantine-color-default-border)"
            />
            <path d="M77 29h18" stroke="var(--mantine-color-anchor)" strokeWidth={6} />
            <path d="M77 43h54" stroke="var(--mantine-color-dimmed)" strokeWidth={6} />
            <path d="M77 55h86m-86 11h86" stroke="var(--app-hairline)" strokeWidth={5} />
            <path d="M80 83h24" stroke="var(--mantine-primary-color-filled)" strokeWidth={13} />
          </svg>
        </div>
        <h3>
          <IconMail size={17} aria-hidden /> Email
        </h3>
        <p>Sends the welcome mail to you, {email}.</p>
        <div className={ui.line}>
          <ActionButton action={runMailSample} kind="primary" icon={play}>
            Run email sample
          </ActionButton>
          <LinkButton href="/jobs/new/email" kind="quiet">
            Write your own
          </LinkButton>
        </div>
      </article>
      <article className={`${ui.card} ${classes.sample}`}>
        <div className={classes.picture}>
          <svg viewBox="0 0 240 100" aria-hidden>
            <path
              d="M60 85V56M77 85V40M94 85V48M111 85V23M128 85V35M145 85V51M162 85V18M179 85V43"
              stroke="var(--mantine-primary-color-filled)"
              strokeWidth={11}
              strokeLinecap="butt"
            />
            <path d="M50 85.5h140" stroke="var(--mantine-color-default-border)" />
          </svg>
        </div>
        <h3>
          <IconReportAnalytics size={17} aria-hidden /> Report
        </h3>
        <p>Says in figures and charts what became of your jobs of the last 7 days, as a PDF.</p>
        <div className={ui.line}>
          <ActionButton action={runReportSample} kind="primary" icon={play}>
            Run report sample
          </ActionButton>
          <LinkButton href="/jobs/new/report" kind="quiet">
            Choose the range
          </LinkButton>
        </div>
      </article>
    </div>
  )
}
