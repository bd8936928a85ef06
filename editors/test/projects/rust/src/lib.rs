mod helper;

pub async fn handle() {
    let _ = ("😀漢", helper::settle());
}
