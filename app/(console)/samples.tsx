import { IconMail, IconPhoto, IconPlayerPlay, IconReportAnalytics } from '@tabler/icons-react'
import Image from 'next/image'
import { ActionButton } from './_components/ui/action-button'
import { LinkButton } from './_components/ui/button'
import { runImageSample, runMailSample, runReportSample } from './actions'
import classes from './overview.module.css'

/** A sample of each job type: one click, and something to look at in the end. */
export function Samples({ email }: { email: string }) {
  const play = <IconPlayerPlay size={15} aria-hidden />
  return (
    <div className={classes.samples}>
      <article className={classes.sample}>
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
        <div className={classes.buttons}>
          <ActionButton action={runImageSample} kind="primary" icon={play}>
            Run image sample
          </ActionButton>
          <LinkButton href="/jobs/new/image" kind="quiet">
            Use your own
          </LinkButton>
        </div>
      </article>
      <article className={classes.sample}>
        <div className={classes.picture} aria-hidden>
          <div className={classes.letter}>
            <i />
            <b />
            <i />
            <i />
            <em />
          </div>
        </div>
        <h3>
          <IconMail size={17} aria-hidden /> Email
        </h3>
        <p>Sends the welcome mail to you, {email}.</p>
        <div className={classes.buttons}>
          <ActionButton action={runMailSample} kind="primary" icon={play}>
            Run email sample
          </ActionButton>
          <LinkButton href="/jobs/new/email" kind="quiet">
            Write your own
          </LinkButton>
        </div>
      </article>
      <article className={classes.sample}>
        <div className={classes.picture} aria-hidden>
          <div className={classes.bars}>
            {[42, 64, 52, 88, 72, 48, 96, 60].map((height) => (
              <i key={height} style={{ height: `${height}%` }} />
            ))}
          </div>
        </div>
        <h3>
          <IconReportAnalytics size={17} aria-hidden /> Report
        </h3>
        <p>Says in figures and charts what became of your jobs of the last 7 days, as a PDF.</p>
        <div className={classes.buttons}>
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
