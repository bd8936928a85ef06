//! Of modules with one name one is there, and nobody knows which.

#[cfg(target_os = "linux")]
mod platform {
    pub fn settle() {}
}

#[cfg(not(target_os = "linux"))]
mod platform {
    use std::fs;

    pub struct Package;

    impl Package {
        pub fn build(&self) {
            fs::write("package", "").unwrap();
        }
    }

    pub fn settle() {
        fs::remove_dir_all("cache").unwrap();
    }
}

async fn in_one_of_them_bad() {
    platform::settle(); //~ file-access-in-async
}

async fn type_of_one_of_them_bad(package: platform::Package) {
    package.build(); //~ file-access-in-async
}
