//! What happens when a value is dropped is not followed.

async fn temporary_folder_bad() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?; //~ file-access-in-async: tempfile::TempDir::new
    tokio::fs::write(folder.path().join("a"), "a").await?;
    drop(folder); //~ MISSED file-access-in-async: dropping the folder deletes a directory tree
    Ok(())
}

struct Handle;

impl Drop for Handle {
    fn drop(&mut self) {
        std::fs::remove_file("handle").ok();
    }
}

async fn own_drop_bad() {
    let handle = Handle;
    tokio::task::yield_now().await;
} //~ MISSED file-access-in-async: what a `Drop` of the project does at the end of a scope is not an event
