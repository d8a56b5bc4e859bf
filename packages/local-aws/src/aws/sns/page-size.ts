/** Items per response. https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export const PAGE_SIZE = 100;
