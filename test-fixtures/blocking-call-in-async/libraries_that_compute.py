# What computes on the loop is told by no lint that waiting is told by.
import zlib

import argon2
import bcrypt
import dask
from passlib.context import CryptContext
from PIL import Image


async def passwords_ok(password, context: CryptContext):
    bcrypt.hashpw(password, bcrypt.gensalt())
    argon2.PasswordHasher().hash(password)
    return context.verify(password, "")


async def data_ok(data):
    return zlib.compress(data)


async def graphs_ok(graph):
    return dask.compute(graph)


async def images_ok(image: Image.Image):
    return image.resize((8, 8))
