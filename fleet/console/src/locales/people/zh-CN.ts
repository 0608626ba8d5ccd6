import type { peopleEn } from './en.ts';

export const peopleZhCN = {
  'people.count_one': '{count} 人',
  'people.count_other': '{count} 人',
  'people.department': '部门',
  'people.empty': '暂无成员。',
  'people.emptyNext': '可通过文件批量导入成员，每人都会收到设置密码的链接。',
  'people.name': '姓名',
  'people.noDepartment': '未分配部门',
  'people.position': '职位',
  'people.reach': '手机号或邮箱',
  'people.role': '角色',
  'people.role.administrator': '管理员',
  'people.role.defaultAdministrator': '默认管理员',
  'people.role.fieldEngineer': '现场工程师',
  'people.role.member': '成员',
  'people.role.personal': '个人用户',
  'people.search': '按姓名、手机号或邮箱查找',
  'people.title': '成员',
} satisfies Record<keyof typeof peopleEn, string>;
