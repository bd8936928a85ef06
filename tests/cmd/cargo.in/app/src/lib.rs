pub async fn serve() {
    my_core::wait();
}
