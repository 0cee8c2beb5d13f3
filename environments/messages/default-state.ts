/** What a workspace holds where its config says nothing. */
export const defaultState = {
  randomSeed: 200191,
  userCount: 4,
  users: [
    ["Alice", "USR001"],
    ["Bob", "USR002"],
    ["Catherine", "USR003"],
    ["Daniel", "USR004"],
  ] as [string, string][],
  inbox: [
    [["USR002", "My name is Alice. I want to connect."]],
    [["USR003", "Could you upload the file?"]],
    [["USR004", "Could you upload the file?"]],
  ] as [string, string][][],
  messageCount: 3,
};
