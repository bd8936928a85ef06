//! What computes for long: known to the catalogue, told by no lint.

async fn bcrypt_slow(password: &str) {
    let _ = bcrypt::hash(password, 12); //~ MISSED blocking-call-in-async: computing is not told
}

async fn argon2_slow(hasher: argon2::Argon2<'_>, out: &mut [u8]) {
    let _ = hasher.hash_password_into(b"secret", b"salt of it", out); //~ MISSED blocking-call-in-async: computing is not told
}

async fn scrypt_slow(params: &scrypt::Params, out: &mut [u8]) {
    let _ = scrypt::scrypt(b"secret", b"salt", params, out); //~ MISSED blocking-call-in-async: computing is not told
}

async fn pbkdf2_slow(out: &mut [u8]) {
    pbkdf2::pbkdf2_hmac::<sha2::Sha256>(b"secret", b"salt", 600_000, out); //~ MISSED blocking-call-in-async: computing is not told
}

async fn zstd_slow(bytes: &[u8]) {
    let _ = zstd::encode_all(bytes, 19); //~ MISSED blocking-call-in-async: computing is not told
}

async fn image_slow(bytes: &[u8]) {
    let _ = image::load_from_memory(bytes); //~ MISSED blocking-call-in-async: computing is not told
}

async fn on_a_worker_ok(password: String) {
    let hash = tokio::task::spawn_blocking(move || bcrypt::hash(password, 12)).await.unwrap();
    drop(hash);
}
