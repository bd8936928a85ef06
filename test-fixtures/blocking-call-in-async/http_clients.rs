//! HTTP clients that wait on the calling thread, and what does not.

use isahc::prelude::*;
use std::error::Error;
use std::io::Read;

async fn attohttpc_bad() -> attohttpc::Result<String> {
    attohttpc::get("http://localhost") //~ blocking-call-in-async: attohttpc::RequestBuilder::send
        .param("a", "b")
        .send()?
        .text() //~^^^ blocking-call-in-async: attohttpc::Response::text
}

async fn prepared_ok() -> attohttpc::RequestBuilder {
    attohttpc::get("http://localhost").header("a", "b")
}

async fn minreq_bad() -> Result<minreq::Response, minreq::Error> {
    minreq::post("http://localhost").with_body("text").send() //~ blocking-call-in-async: minreq::Request::send
}

async fn minreq_lazy_bad() -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    let mut response = minreq::get("http://localhost").send_lazy()?; //~ blocking-call-in-async: send_lazy
    response.read_to_string(&mut text)?; //~ blocking-call-in-async: read_to_string
    Ok(text)
}

async fn curl_bad(url: &str) -> Result<(), curl::Error> {
    let mut easy = curl::easy::Easy::new();
    easy.url(url)?;
    easy.perform() //~ blocking-call-in-async: curl::easy::Easy::perform
}

async fn curl_transfer_bad(mut easy: curl::easy::Easy) -> Result<(), curl::Error> {
    let transfer = easy.transfer();
    transfer.perform() //~ blocking-call-in-async: curl::easy::Transfer::perform
}

async fn isahc_bad() -> Result<String, Box<dyn Error>> {
    let mut response = isahc::get("http://localhost")?; //~ blocking-call-in-async: isahc::get
    Ok(response.text()?) //~ blocking-call-in-async: isahc::ReadResponseExt::text
}

async fn isahc_client_bad(client: isahc::HttpClient) -> Result<(), isahc::Error> {
    client.get("http://localhost")?; //~ blocking-call-in-async: isahc::HttpClient::get
    Ok(())
}

async fn isahc_async_ok(client: isahc::HttpClient) -> Result<(), isahc::Error> {
    isahc::get_async("http://localhost").await?;
    client.send_async(isahc::Request::get("http://localhost").body(()).unwrap()).await?;
    Ok(())
}

async fn ureq_three_bad() -> Result<String, ureq::Error> {
    ureq::get("http://localhost").header("a", "b").call()?.body_mut().read_to_string() //~ blocking-call-in-async: RequestBuilder::call
    //~^ blocking-call-in-async: ureq::Body::read_to_string
}

async fn ureq_two_bad(agent: ureq::Agent) -> Result<String, Box<dyn Error>> {
    let response = agent.request("GET", "http://localhost").send_string("text")?; //~ blocking-call-in-async
    Ok(response.into_string()?) //~ blocking-call-in-async: ureq::Response::into_string
}

async fn ureq_run_bad(agent: ureq::Agent, request: http::Request<()>) -> Result<(), ureq::Error> {
    agent.run(request)?; //~ blocking-call-in-async: ureq::Agent::run
    Ok(())
}

async fn reqwest_ok() -> reqwest::Result<String> {
    reqwest::get("http://localhost").await?.text().await
}
