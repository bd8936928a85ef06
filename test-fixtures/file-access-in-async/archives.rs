//! Archives, compressed files, walks, images, temporary files and repositories.

use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, Cursor, Read, Write};

async fn unpack_bad() -> io::Result<()> {
    let file = File::open("a.tar.gz")?; //~ file-access-in-async: std::fs::File::open
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    archive.unpack("a") //~ file-access-in-async: tar::Archive::unpack
}

async fn read_entry_bad(mut archive: tar::Archive<File>) -> io::Result<()> {
    let mut text = String::new();
    for entry in archive.entries()? {
        entry?.read_to_string(&mut text)?; //~ file-access-in-async: read_to_string
    }
    Ok(())
}

async fn archive_in_memory_ok(bytes: Vec<u8>) -> io::Result<()> {
    let mut text = String::new();
    GzDecoder::new(Cursor::new(bytes)).read_to_string(&mut text)?;
    Ok(())
}

async fn compress_bad(file: File) -> io::Result<()> {
    let mut encoder = GzEncoder::new(file, flate2::Compression::default());
    encoder.write_all(b"text")?; //~ file-access-in-async: write_all
    encoder.finish()?; //~ file-access-in-async: finish
    Ok(())
}

async fn compress_in_memory_ok() -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(b"text")?;
    encoder.finish()
}

async fn append_bad(mut builder: tar::Builder<Vec<u8>>) -> io::Result<()> {
    builder.append_dir_all("a", "b") //~ file-access-in-async: tar::Builder::append_dir_all
}

async fn append_from_memory_ok(mut builder: tar::Builder<Vec<u8>>, mut header: tar::Header) -> io::Result<()> {
    builder.append_data(&mut header, "a", &b"text"[..])
}

async fn zip_bad(file: File) -> zip::result::ZipResult<()> {
    let mut archive = zip::ZipArchive::new(file)?;
    let mut text = String::new();
    archive.by_name("a")?.read_to_string(&mut text)?; //~ file-access-in-async: zip::ZipArchive::by_name
    //~^ file-access-in-async: read_to_string
    archive.extract("b") //~ file-access-in-async: zip::ZipArchive::extract
}

async fn zip_in_memory_ok(bytes: Vec<u8>) -> zip::result::ZipResult<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut text = String::new();
    archive.by_index(0)?.read_to_string(&mut text)?;
    Ok(())
}

async fn walk_bad() {
    for entry in walkdir::WalkDir::new("a").max_depth(3) { //~ file-access-in-async: walkdir::WalkDir::new
        drop(entry);
    }
}

async fn walk_filtered_bad() -> usize {
    walkdir::WalkDir::new("a").into_iter().filter_map(|entry| entry.ok()).count() //~ file-access-in-async: walkdir::WalkDir::new
}

async fn walk_filtered_by_name_bad() -> usize {
    walkdir::WalkDir::new("a").into_iter().filter_map(Result::ok).count() //~ file-access-in-async: walkdir::WalkDir::new
}

async fn walk_by_steps_bad() {
    let walk = walkdir::WalkDir::new("a").min_depth(1); //~ file-access-in-async: walkdir::WalkDir::new
    let mut entries = walk.into_iter().filter_entry(|entry| entry.depth() < 3);
    while let Some(entry) = entries.next() {
        drop(entry);
    }
}

async fn walk_never_taken_ok() -> walkdir::WalkDir {
    walkdir::WalkDir::new("a").follow_links(true)
}

async fn walk_taken_later_ok() -> impl Iterator<Item = walkdir::DirEntry> {
    walkdir::WalkDir::new("a").into_iter().filter_map(Result::ok)
}

async fn image_bad() -> image::ImageResult<()> {
    let picture = image::open("a.png")?; //~ file-access-in-async: image::open
    picture.save("b.png") //~ file-access-in-async: image::DynamicImage::save
}

async fn temporary_bad() -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::with_suffix(".txt")?; //~ file-access-in-async: tempfile::NamedTempFile
    file.write_all(b"text")?; //~ file-access-in-async: write_all
    let folder = tempfile::tempdir()?; //~ file-access-in-async: tempfile::TempDir
    folder.close() //~ file-access-in-async: tempfile::TempDir::close
}

async fn repository_bad() -> Result<bool, git2::Error> {
    let repository = git2::Repository::open(".")?; //~ file-access-in-async: git2::Repository::open
    Ok(repository.statuses(None)?.is_empty()) //~ file-access-in-async: git2::Repository::statuses
}

async fn on_a_worker_ok() {
    tokio::task::spawn_blocking(|| walkdir::WalkDir::new("a").into_iter().count()).await.unwrap();
}
