type t =
  | C0 of int | C1 of int | C2 of int | C3 of int | C4 of int | C5 of int | C6 of int | C7 of int | C8 of int | C9 of int
  | C10 of int | C11 of int | C12 of int | C13 of int | C14 of int | C15 of int | C16 of int | C17 of int | C18 of int | C19 of int
  | C20 of int | C21 of int | C22 of int | C23 of int | C24 of int | C25 of int | C26 of int | C27 of int | C28 of int | C29 of int
  | C30 of int | C31 of int | C32 of int | C33 of int | C34 of int | C35 of int | C36 of int | C37 of int | C38 of int | C39 of int
  | C40 of int | C41 of int | C42 of int | C43 of int | C44 of int | C45 of int | C46 of int | C47 of int | C48 of int | C49 of int
  | C50 of int | C51 of int | C52 of int | C53 of int | C54 of int | C55 of int | C56 of int | C57 of int | C58 of int | C59 of int
  | C60 of int | C61 of int | C62 of int | C63 of int | C64 of int | C65 of int | C66 of int | C67 of int | C68 of int | C69 of int
  | C70 of int | C71 of int | C72 of int | C73 of int | C74 of int | C75 of int | C76 of int | C77 of int | C78 of int | C79 of int
  | C80 of int | C81 of int | C82 of int | C83 of int | C84 of int | C85 of int | C86 of int | C87 of int | C88 of int | C89 of int
  | C90 of int | C91 of int | C92 of int | C93 of int | C94 of int | C95 of int | C96 of int | C97 of int | C98 of int | C99 of int
  | C100 of int | C101 of int | C102 of int | C103 of int | C104 of int | C105 of int | C106 of int | C107 of int | C108 of int | C109 of int
  | C110 of int | C111 of int | C112 of int | C113 of int | C114 of int | C115 of int | C116 of int | C117 of int | C118 of int | C119 of int
  | C120 of int | C121 of int | C122 of int | C123 of int | C124 of int | C125 of int | C126 of int | C127 of int | C128 of int | C129 of int
  | C130 of int | C131 of int | C132 of int | C133 of int | C134 of int | C135 of int | C136 of int | C137 of int | C138 of int | C139 of int
  | C140 of int | C141 of int | C142 of int | C143 of int | C144 of int | C145 of int | C146 of int | C147 of int | C148 of int | C149 of int
  | C150 of int | C151 of int | C152 of int | C153 of int | C154 of int | C155 of int | C156 of int | C157 of int | C158 of int | C159 of int
  | C160 of int | C161 of int | C162 of int | C163 of int | C164 of int | C165 of int | C166 of int | C167 of int | C168 of int | C169 of int
  | C170 of int | C171 of int | C172 of int | C173 of int | C174 of int | C175 of int | C176 of int | C177 of int | C178 of int | C179 of int
  | C180 of int | C181 of int | C182 of int | C183 of int | C184 of int | C185 of int | C186 of int | C187 of int | C188 of int | C189 of int
  | C190 of int | C191 of int | C192 of int | C193 of int | C194 of int | C195 of int | C196 of int | C197 of int | C198 of int | C199 of int
  | C200 of int | C201 of int | C202 of int | C203 of int | C204 of int | C205 of int | C206 of int | C207 of int | C208 of int | C209 of int
  | C210 of int | C211 of int | C212 of int | C213 of int | C214 of int | C215 of int | C216 of int | C217 of int | C218 of int | C219 of int
  | C220 of int | C221 of int | C222 of int | C223 of int | C224 of int | C225 of int | C226 of int | C227 of int | C228 of int | C229 of int
  | C230 of int | C231 of int | C232 of int | C233 of int | C234 of int | C235 of int | C236 of int | C237 of int | C238 of int | C239 of int
  | C240 of int | C241 of int | C242 of int | C243 of int | C244 of int | C245 of int | C246 of int
