use crate::store::Store;
use tonic::{Request, Response, Status};

pub struct LoadRequest;
pub struct LoadReply(pub String);

#[tonic::async_trait]
pub trait Loader {
    async fn load(&self, request: Request<LoadRequest>) -> Result<Response<LoadReply>, Status>;
}

#[derive(Default)]
pub struct LoaderService {
    store: Store,
}

#[tonic::async_trait]
impl Loader for LoaderService {
    async fn load(&self, _request: Request<LoadRequest>) -> Result<Response<LoadReply>, Status> {
        Ok(Response::new(LoadReply(self.store.load()))) //~ blocking-call-in-async: sleep
    }
}

#[derive(Clone)]
struct Interceptor;

impl tonic::service::Interceptor for Interceptor {
    fn call(&mut self, request: Request<()>) -> Result<Request<()>, Status> {
        Store.load(); //~ blocking-call-in-async: sleep
        Ok(request)
    }
}
