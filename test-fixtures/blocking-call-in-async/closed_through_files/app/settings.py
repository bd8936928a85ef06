VERIFY = False
SEND = True
