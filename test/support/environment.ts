// Tests say themselves what they run on; the developer's own settings must not decide.
const own = ['DATABASE_URL', 'REDIS_URL', 'REDIS_SENTINELS', 'REDIS_CLUSTER_NODES', 'SMTP_URL']
const others = ['S3_BUCKET', 'APP_URL', 'PORT', 'HOST', 'DATA_DIR', 'SIGN_UP', 'WORKER_QUEUES']
for (const name of [...own, ...others]) delete process.env[name]

process.env.AUTH_SECRET = 'a secret of the tests, the same in every process'
process.env.LOG_LEVEL ??= 'silent'
