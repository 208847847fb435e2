# loses: forget_time
# task: forget_time
def forget_time(mu, share):
    ### BEGIN VARIANT forget_time left
    return float(math.ceil(math.log(share) / math.log(mu)))
    ### END VARIANT
    ### BEGIN VARIANT forget_time lost
    return float(math.ceil(math.log(1 - share) / math.log(mu)))
    ### END VARIANT
