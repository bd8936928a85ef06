//! Remote shells, mail, message brokers and Java.

use lettre::Transport;
use rdkafka::consumer::{BaseConsumer, Consumer, StreamConsumer};
use rdkafka::producer::Producer;
use std::io::Read;
use std::time::Duration;

async fn ssh_bad() -> Result<String, Box<dyn std::error::Error>> {
    let mut session = ssh2::Session::new()?;
    session.handshake()?; //~ blocking-call-in-async: ssh2::Session::handshake
    let mut channel = session.channel_session()?; //~ blocking-call-in-async: ssh2::Session::channel_session
    channel.exec("ls")?; //~ blocking-call-in-async: ssh2::Channel::exec
    let mut text = String::new();
    channel.read_to_string(&mut text)?; //~ blocking-call-in-async: read_to_string
    let sftp = session.sftp()?; //~ blocking-call-in-async: ssh2::Session::sftp
    sftp.unlink("a".as_ref())?; //~ blocking-call-in-async: ssh2::Sftp::unlink
    Ok(text)
}

async fn mail_bad(message: lettre::Message) -> Result<(), lettre::transport::smtp::Error> {
    let mailer = lettre::SmtpTransport::relay("localhost")?.port(25).build();
    mailer.send(&message)?; //~ blocking-call-in-async: lettre::Transport::send
    Ok(())
}

async fn mail_async_ok(
    mailer: lettre::AsyncSmtpTransport<lettre::Tokio1Executor>,
    message: lettre::Message,
) -> Result<(), lettre::transport::smtp::Error> {
    use lettre::AsyncTransport;
    mailer.send(message).await?;
    Ok(())
}

async fn kafka_metadata_bad(consumer: BaseConsumer) {
    let _ = consumer.fetch_metadata(None, Duration::from_secs(5)); //~ blocking-call-in-async: rdkafka::consumer::Consumer::fetch_metadata
}

async fn kafka_flush_bad(producer: rdkafka::producer::FutureProducer) {
    let _ = producer.flush(Duration::from_secs(5)); //~ blocking-call-in-async: rdkafka::producer::Producer::flush
}

async fn kafka_stream_ok(consumer: StreamConsumer) {
    let _ = consumer.recv().await;
}

async fn java_bad(arguments: jni::InitArgs<'_>) {
    let _ = jni::JavaVM::new(arguments); //~ blocking-call-in-async: jni::JavaVM::new
}

async fn clone_bad(repository: &git2::Repository) -> Result<(), git2::Error> {
    git2::Repository::clone("https://localhost", "a")?; //~ blocking-call-in-async: git2::Repository::clone
    let mut remote = repository.find_remote("origin")?; //~ file-access-in-async: git2::Repository::find_remote
    remote.fetch(&["main"], None, None) //~ blocking-call-in-async: git2::Remote::fetch
}
