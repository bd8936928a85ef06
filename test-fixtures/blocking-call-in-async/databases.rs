//! Database drivers that wait on the calling thread, and their async twins.

use diesel::prelude::*;
use mysql::prelude::*;
use redis::Commands;
use std::error::Error;

async fn rusqlite_bad() -> rusqlite::Result<usize> {
    let mut connection = rusqlite::Connection::open("a.db")?; //~ blocking-call-in-async: rusqlite::Connection::open
    let transaction = connection.transaction()?;
    transaction.execute("delete from a", [])?; //~ blocking-call-in-async: rusqlite::Connection::execute
    transaction.commit()?; //~ blocking-call-in-async: rusqlite::Transaction::commit
    let mut statement = connection.prepare_cached("select 1")?;
    statement.query_row([], |row| row.get(0)) //~ blocking-call-in-async: rusqlite::Statement::query_row
}

async fn rusqlite_on_its_thread_ok(connection: tokio_rusqlite::Connection) {
    let _ = connection.call(|inner| inner.execute("delete from a", [])).await;
}

async fn diesel_bad(url: &str) -> Result<usize, Box<dyn Error>> {
    let mut connection = PgConnection::establish(url)?; //~ blocking-call-in-async: diesel::PgConnection::establish
    Ok(diesel::sql_query("select 1").execute(&mut connection)?) //~ blocking-call-in-async: diesel::RunQueryDsl::execute
}

async fn diesel_transaction_bad(connection: &mut SqliteConnection) {
    let _ = connection.transaction(|_| Ok::<(), diesel::result::Error>(())); //~ blocking-call-in-async: diesel::Connection::transaction
}

async fn pool_bad(pool: r2d2::Pool<Manager>) {
    let _ = pool.get(); //~ blocking-call-in-async: r2d2::Pool::get
    let _ = pool.try_get();
}

async fn pool_made_bad(manager: Manager) -> Result<r2d2::Pool<Manager>, r2d2::Error> {
    r2d2::Pool::builder().max_size(4).build(manager) //~ blocking-call-in-async: r2d2::Builder::build
}

struct Manager;

async fn postgres_bad(mut client: postgres::Client) -> Result<(), postgres::Error> {
    client.query("select 1", &[])?; //~ blocking-call-in-async: postgres::Client::query
    let mut transaction = client.transaction()?; //~ blocking-call-in-async: postgres::Client::transaction
    transaction.execute("delete from a", &[])?; //~ blocking-call-in-async: postgres::Transaction::execute
    transaction.commit() //~ blocking-call-in-async: postgres::Transaction::commit
}

async fn tokio_postgres_ok(client: tokio_postgres::Client) -> Result<(), tokio_postgres::Error> {
    client.query("select 1", &[]).await?;
    Ok(())
}

async fn mysql_bad(pool: mysql::Pool) -> mysql::Result<Vec<u32>> {
    let mut connection = pool.get_conn()?; //~ blocking-call-in-async: mysql::Pool::get_conn
    connection.query("select 1") //~ blocking-call-in-async: mysql::prelude::Queryable::query
}

async fn mysql_async_ok(pool: mysql_async::Pool) -> mysql_async::Result<()> {
    use mysql_async::prelude::Queryable;
    let mut connection = pool.get_conn().await?;
    connection.query_drop("select 1").await
}

async fn redis_bad(client: redis::Client) -> redis::RedisResult<String> {
    let mut connection = client.get_connection()?; //~ blocking-call-in-async: redis::Client::get_connection
    redis::cmd("SET").arg("a").arg(1).exec(&mut connection)?; //~ blocking-call-in-async: redis::Cmd::exec
    redis::pipe().cmd("GET").arg("a").ignore().query::<()>(&mut connection)?; //~ blocking-call-in-async: redis::Pipeline::query
    connection.get("a") //~ blocking-call-in-async: redis::Commands::get
}

async fn redis_async_ok(client: redis::Client) -> redis::RedisResult<String> {
    use redis::AsyncCommands;
    let mut connection = client.get_multiplexed_async_connection().await?;
    redis::cmd("SET").arg("a").arg(1).exec_async(&mut connection).await?;
    connection.get("a").await
}
