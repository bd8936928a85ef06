mod part;

pub async fn module_of_a_binary_bad() {
    part::wait(); //~ blocking-call-in-async: sleep
}

fn main() {}
