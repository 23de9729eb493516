"""The chats through which a person and the survey meet. They translate, no more."""
