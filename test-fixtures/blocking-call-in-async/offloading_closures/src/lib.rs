mod other_runtimes;
mod uses;
mod work;
