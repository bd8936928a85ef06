use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

async fn read_bad(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path) //~ file-access-in-async: std::fs::read_to_string
}

async fn imported_module_bad(path: &Path) -> io::Result<()> {
    fs::write(path, b"x") //~ file-access-in-async: std::fs::write
}

async fn renamed_bad(path: &Path) {
    use std::fs::remove_file as delete;
    delete(path).unwrap(); //~ file-access-in-async: std::fs::remove_file
}

async fn open_bad(path: &Path) -> io::Result<File> {
    File::open(path) //~ file-access-in-async
}

async fn options_bad(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(path) //~ file-access-in-async
}

async fn read_method_bad(mut file: File) -> io::Result<String> {
    let mut text = String::new();
    file.read_to_string(&mut text)?; //~ file-access-in-async
    Ok(text)
}

async fn write_method_bad(file: &mut File) -> io::Result<()> {
    file.write_all(b"x") //~ file-access-in-async
}

async fn seek_only_moves_a_position_ok(mut file: File) -> io::Result<u64> {
    file.seek(SeekFrom::Start(0))
}

async fn buffered_bad(file: File) -> io::Result<()> {
    let mut reader = BufReader::new(file);
    let mut line = String::new();
    reader.read_line(&mut line)?; //~ file-access-in-async
    Ok(())
}

async fn create_dir_bad(path: PathBuf) {
    fs::create_dir_all(path.join("cache")).unwrap(); //~ file-access-in-async
}

async fn exists_bad(path: &Path) -> bool {
    path.exists() //~ file-access-in-async
}

async fn metadata_bad(path: &Path) -> io::Result<u64> {
    Ok(fs::metadata(path)?.len()) //~ file-access-in-async
}

async fn in_memory_ok() -> io::Result<u64> {
    let mut cursor = Cursor::new(vec![1, 2, 3]);
    cursor.seek(SeekFrom::Start(1))?;
    let mut buffer = [0; 2];
    cursor.read_exact(&mut buffer)?;
    Ok(0)
}

async fn write_to_vec_ok() -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    out.write_all(b"x")?;
    let mut buffered = BufWriter::new(out);
    buffered.flush()?;
    Ok(Vec::new())
}

async fn names_only_ok(path: &Path) -> Option<PathBuf> {
    Some(path.parent()?.join(path.file_name()?).with_extension("x"))
}

async fn tokio_ok(path: &Path) -> io::Result<String> {
    tokio::fs::read_to_string(path).await
}

async fn offloaded_ok(path: PathBuf) -> io::Result<String> {
    tokio::task::spawn_blocking(move || fs::read_to_string(path)).await.unwrap()
}

fn sync_ok(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
}
