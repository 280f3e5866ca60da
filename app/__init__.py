"""Online: a store in, pages and JSON out.

routes/   parse the request, call, return              templates/   draw what `pages` describes
search/   query → plan → results                       catalogue    what is known of the rulings
stores    the build that is served, and its successor
"""
