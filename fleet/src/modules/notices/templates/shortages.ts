import type { NoticeTemplate } from './template.ts';

export const shortageTemplates = {
  'shortage.concurrency': {
    subject: {
      en: 'No seat left for “{meeting}”: all {seats} of the concurrency are taken',
      'zh-CN': '“{meeting}”无空余席位：会议并发 {seats} 方已用完',
    },
    text: {
      en: 'Somebody could not enter “{meeting}”: all {seats} seats of the concurrency are taken. Nobody who is in was dropped, and whoever waits comes in as soon as a seat is free. See who holds the seats, and order more: {url}',
      'zh-CN':
        '有参会者无法进入“{meeting}”：会议并发 {seats} 方已用完。已在会中的人员不受影响，有空位后等候者将自动入会。查看席位占用情况或增购：{url}',
    },
  },
  'shortage.room': {
    subject: {
      en: 'No seat left for “{meeting}”: all {seats} of its cloud room are taken',
      'zh-CN': '“{meeting}”无空余席位：云会议室 {seats} 方已满',
    },
    text: {
      en: 'Somebody could not enter “{meeting}”: all {seats} seats of its cloud room are taken. Nobody who is in was dropped, and whoever waits comes in as soon as a seat is free. See who holds the seats, and order more: {url}',
      'zh-CN':
        '有参会者无法进入“{meeting}”：云会议室 {seats} 方已满。已在会中的人员不受影响，有空位后等候者将自动入会。查看席位占用情况或增购：{url}',
    },
  },
  'shortage.meeting': {
    subject: {
      en: 'No seat left for “{meeting}”: it has the {seats} participants of the plan',
      'zh-CN': '“{meeting}”无空余席位：已达套餐上限 {seats} 方',
    },
    text: {
      en: 'Somebody could not enter “{meeting}”: it has the {seats} participants that the plan allows in one meeting. Nobody who is in was dropped, and whoever waits comes in as soon as somebody leaves. Larger plans are here: {url}',
      'zh-CN':
        '有参会者无法进入“{meeting}”：参会人数已达套餐单场上限 {seats} 方。已在会中的人员不受影响，有人离开后等候者将自动入会。查看更大的套餐：{url}',
    },
  },
  'shortage.personal': {
    subject: {
      en: 'Your meeting “{meeting}” is full: the free plan has {seats} participants',
      'zh-CN': '您的会议“{meeting}”已满：免费版上限 {seats} 方',
    },
    text: {
      en: 'Somebody could not enter your meeting “{meeting}”: it has the {seats} participants that the free plan allows. Nobody who is in was dropped, and whoever waits comes in as soon as somebody leaves. For larger meetings, create an organization and order a plan: {url}',
      'zh-CN':
        '有人无法进入您的会议“{meeting}”：参会人数已达免费版上限 {seats} 方。已在会中的人员不受影响，有人离开后等候者将自动入会。如需更大的会议，请创建企业并订购套餐：{url}',
    },
  },
} as const satisfies Record<string, NoticeTemplate>;
