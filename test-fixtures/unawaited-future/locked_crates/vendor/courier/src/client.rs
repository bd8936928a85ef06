pub struct Client {
    pub wire: wire::Wire,
    secret: u32,
}
