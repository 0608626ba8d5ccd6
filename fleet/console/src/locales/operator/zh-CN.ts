import type { Translation } from '@anteroom/ui/i18n/texts.ts';
import type { operatorEn } from './en.ts';

export const operatorZhCN: Translation<typeof operatorEn> = {
  'operator.again': '重新查看',
  'operator.asOf': '截至 {time}',
  'operator.count_one': '{count} 个订单待支付',
  'operator.count_other': '{count} 个订单待支付',
  'operator.forget': '清除密钥',
  'operator.key': '运营方密钥',
  'operator.keyHint': '位于本系统数据目录的 keys/operator-key 中。离开此页面后不再保留。',
  'operator.keyWrong': '请填写密钥，1 至 200 个字符。',
  'operator.lead': '供本系统运营方使用：查看各企业待支付的订单。',
  'operator.markPaid': '确认支付',
  'operator.markPaidOf': '确认订单 {reference} 已支付',
  'operator.markPaidTitle': '订单 {reference} 已支付？',
  'operator.markPaidWhat': '确认后（未到开始时间的从开始时间起），“{organization}”将获得：{lines}。此操作无法撤销。',
  'operator.none': '没有待支付的订单。',
  'operator.noneNext': '企业提交订单后会显示在这里。',
  'operator.ordered': '下单时间',
  'operator.organization': '企业',
  'operator.paid': '“{organization}”的订单 {reference} 已确认支付。',
  'operator.paymentReference': '付款凭证号',
  'operator.paymentReferenceHint': '银行流水号或发票号，可不填。',
  'operator.paymentReferenceWrong': '最多 100 个字符。',
  'operator.show': '查看订单',
  'operator.title': '运营方',
};
