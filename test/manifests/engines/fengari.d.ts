// fengari has no types of its own. These are the functions of Lua's C API that test/manifests/engines/lua.ts calls.
declare module 'fengari' {
  interface State {
    readonly state: unique symbol;
  }
  type LuaString = Uint8Array;
  type Library = (state: State) => number;

  export function to_luastring(text: string): LuaString;
  export const lua: {
    readonly LUA_OK: number;
    readonly LUA_TTABLE: number;
    lua_createtable(state: State, elements: number, fields: number): void;
    lua_getfield(state: State, index: number, name: LuaString): number;
    lua_gettop(state: State): number;
    lua_pcall(state: State, args: number, results: number, handler: number): number;
    lua_pop(state: State, count: number): void;
    lua_pushboolean(state: State, value: boolean): void;
    lua_pushnil(state: State): void;
    lua_pushnumber(state: State, value: number): void;
    lua_pushstring(state: State, value: LuaString): void;
    lua_setfield(state: State, index: number, name: LuaString): void;
    lua_setglobal(state: State, name: LuaString): void;
    lua_seti(state: State, index: number, key: number): void;
    lua_tojsstring(state: State, index: number): string | null;
    lua_type(state: State, index: number): number;
  };
  export const lauxlib: {
    luaL_loadstring(state: State, script: LuaString): number;
    luaL_newstate(): State;
    luaL_requiref(state: State, name: LuaString, open: Library, global: number): void;
  };
  export const lualib: { readonly luaopen_base: Library; readonly luaopen_table: Library };
}
