// Runs a health check as Argo CD does (util/lua/lua.go): a global `obj`, of the libraries only the base and `table`, and a
// table as the answer.
import { lauxlib, lua, lualib, to_luastring } from 'fengari';

export interface ArgoHealth {
  readonly status: string | null;
  readonly message: string | null;
}

type State = ReturnType<typeof lauxlib.luaL_newstate>;

/** Numbers are floats, as in Lua 5.1, where there are no others. */
function push(state: State, value: unknown): void {
  if (typeof value === 'string') lua.lua_pushstring(state, to_luastring(value));
  else if (typeof value === 'number') lua.lua_pushnumber(state, value);
  else if (typeof value === 'boolean') lua.lua_pushboolean(state, value);
  else if (typeof value !== 'object' || value === null) lua.lua_pushnil(state);
  else {
    lua.lua_createtable(state, 0, 0);
    for (const [key, field] of Object.entries(value)) {
      push(state, field);
      if (Array.isArray(value)) lua.lua_seti(state, -2, Number(key) + 1);
      else lua.lua_setfield(state, -2, to_luastring(key));
    }
  }
}

function succeed(state: State, code: number): void {
  if (code !== lua.LUA_OK) throw new Error(lua.lua_tojsstring(state, -1) ?? 'an error without a message');
}

function textAt(state: State, field: string): string | null {
  lua.lua_getfield(state, -1, to_luastring(field));
  const text = lua.lua_tojsstring(state, -1);
  lua.lua_pop(state, 1);
  return text;
}

/** @throws Error with Lua's message where the script does not load, fails, or returns no table. */
export function argoHealth(script: string, object: unknown): ArgoHealth {
  const state = lauxlib.luaL_newstate();
  lauxlib.luaL_requiref(state, to_luastring('_G'), lualib.luaopen_base, 1);
  lauxlib.luaL_requiref(state, to_luastring('table'), lualib.luaopen_table, 1);
  push(state, object);
  lua.lua_setglobal(state, to_luastring('obj'));
  succeed(state, lauxlib.luaL_loadstring(state, to_luastring(script)));
  succeed(state, lua.lua_pcall(state, 0, 1, 0));
  if (lua.lua_type(state, -1) !== lua.LUA_TTABLE) throw new Error('the script returns no table');
  return { status: textAt(state, 'status'), message: textAt(state, 'message') };
}
